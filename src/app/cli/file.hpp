// Files as the command line needs them: written whole or not at all, read once or kept.
//
// A FileStream never loses why a write failed; check() says it as Broken, with the file's name.
#pragma once

#include <array>
#include <filesystem>
#include <ostream>
#include <streambuf>
#include <string>
#include <sys/types.h>

namespace purser::cli {

// What this program makes is for the person who runs it and for nobody else, whatever the shell's
// umask says: a book and what SQLite keeps beside it, backups and restored books, what --output
// names, temporary files, and those of the programs that it starts. Called once, before any is
// made, it is the one place that says so: no writer asks for a mode of its own.
void keep_files_private();

// The exception: what is made for a web server to hand out is as the shell's umask says.
enum class Readers { owner, web_server };

// An open file that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept : number_(other.number_) { other.number_ = -1; }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }

private:
    int number_;
};

class FileBuffer : public std::streambuf {
public:
    explicit FileBuffer(int descriptor);
    int error() const { return error_; }  // errno of the first write that failed, or 0

protected:
    int_type overflow(int_type c) override;
    int sync() override;

private:
    int descriptor_;
    int error_ = 0;
    std::array<char, 1 << 16> bytes_;
};

class FileStream : public std::ostream {
public:
    FileStream(int descriptor, std::string name);
    // Broken unless everything so far has been written.
    void check();

private:
    std::string name_;
    FileBuffer buffer_;
};

// A file that stands under its name only when it is complete: written beside it, then renamed.
// What is not a regular file (a pipe, /dev/null) is written as it is.
class WholeFile {
public:
    // BadInput for a folder or a name that cannot be made.
    // A file that is replaced keeps who may read it.
    explicit WholeFile(const std::filesystem::path& file, Readers readers = Readers::owner);
    ~WholeFile();
    WholeFile(const WholeFile&) = delete;
    WholeFile& operator=(const WholeFile&) = delete;
    std::ostream& stream() { return stream_; }
    void finish();  // Broken when the disk is full

private:
    std::filesystem::path target_, beside_;  // `beside_` is empty once nothing is to be removed
    Descriptor descriptor_;
    FileStream stream_;
};

// 0600 or 0700 with what the shell's umask lets others do.
mode_t served_mode(mode_t mode);

// A file that can be read from its beginning more than once: itself, or a copy of a pipe or of
// standard input ("-") that is gone afterwards. BadInput when it is not there.
class ReadableFile {
public:
    explicit ReadableFile(const std::string& file);
    // The same, called otherwise in messages.
    ReadableFile(const std::string& file, std::string name);
    const std::filesystem::path& path() const { return path_; }
    const std::string& name() const { return name_; }  // for messages
    std::int64_t size() const;

private:
    std::string name_;
    Descriptor copy_;
    std::filesystem::path path_;
};

}  // namespace purser::cli
