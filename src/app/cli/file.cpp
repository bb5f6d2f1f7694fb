#include "app/cli/file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "values/error.hpp"

namespace purser::cli {
namespace {

namespace fs = std::filesystem;

std::string reason(int error) { return std::generic_category().message(error); }

void refuse_folder(const fs::path& file) {
    std::error_code error;
    if (fs::is_directory(file, error)) {
        throw BadInput(file.string() + " is a folder", "name a file in it");
    }
}

fs::path real_target(const fs::path& file) {
    refuse_folder(file);
    std::error_code ignored;
    const fs::path real = fs::canonical(file, ignored);
    return real.empty() ? file : real;
}

bool is_replaceable(const fs::path& file) {
    std::error_code error;
    const auto type = fs::status(file, error).type();
    return type == fs::file_type::not_found || type == fs::file_type::regular;
}

// What the shell's umask was, before it was made to keep everything private. It belongs to the
// whole program: it is changed once, while there is one thread.
mode_t shells_umask() {
    static const mode_t before = umask(S_IRWXG | S_IRWXO);
    return before;
}

// A new file beside the target; its name goes to `beside`. Or the target itself, as it is.
int open_for_writing(const fs::path& target, fs::path& beside, Readers readers) {
    int descriptor = -1;
    if (is_replaceable(target)) {
        std::string name = target.string() + ".XXXXXX";
        descriptor = mkstemp(name.data());
        if (descriptor >= 0) {
            beside = name;
            struct stat old {};
            constexpr mode_t modes = S_IRWXU | S_IRWXG | S_IRWXO;
            if (stat(target.c_str(), &old) == 0) {
                static_cast<void>(fchmod(descriptor, old.st_mode & modes));
            } else if (readers == Readers::web_server) {
                static_cast<void>(fchmod(descriptor, served_mode(S_IRUSR | S_IWUSR)));
            }
        }
    } else {
        descriptor = open(target.c_str(), O_WRONLY | O_CLOEXEC);
    }
    if (descriptor >= 0) return descriptor;
    const int error = errno;
    const std::string what = target.string() + " cannot be written: " + reason(error);
    if (error == ENOSPC || error == EIO || error == EROFS) throw Broken(what);
    throw BadInput(what, "name a file in a folder that exists and that you may write to");
}

}  // namespace

void keep_files_private() { static_cast<void>(shells_umask()); }

mode_t served_mode(mode_t mode) { return mode | (((mode >> 3U) | (mode >> 6U)) & ~shells_umask()); }

Descriptor::~Descriptor() {
    if (number_ >= 0) close(number_);
}

FileBuffer::FileBuffer(int descriptor) : descriptor_(descriptor) {
    setp(bytes_.data(), bytes_.data() + bytes_.size());
}

FileBuffer::int_type FileBuffer::overflow(int_type c) {
    sync();
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    return sputc(traits_type::to_char_type(c));
}

// After an error bytes are dropped: the writer goes on, and check() says what happened.
int FileBuffer::sync() {
    const char* at = pbase();
    while (at < pptr() && error_ == 0) {
        const auto written = write(descriptor_, at, static_cast<std::size_t>(pptr() - at));
        if (written < 0 && errno != EINTR) error_ = errno;
        if (written > 0) at += written;
    }
    setp(bytes_.data(), bytes_.data() + bytes_.size());
    return 0;
}

FileStream::FileStream(int descriptor, std::string name)
    : std::ostream(nullptr), name_(std::move(name)), buffer_(descriptor) {
    rdbuf(&buffer_);
}

void FileStream::check() {
    flush();
    if (buffer_.error() != 0) {
        throw Broken(name_ + " cannot be written: " + reason(buffer_.error()),
                     buffer_.error() == ENOSPC ? "make room on the disk, then do it again" : "");
    }
}

WholeFile::WholeFile(const fs::path& file, Readers readers)
    : target_(real_target(file)),
      descriptor_(open_for_writing(target_, beside_, readers)),
      stream_(descriptor_.number(), file.string()) {}

WholeFile::~WholeFile() {
    std::error_code ignored;
    if (!beside_.empty()) fs::remove(beside_, ignored);
}

void WholeFile::finish() {
    stream_.check();
    if (beside_.empty()) return;
    if (fsync(descriptor_.number()) != 0) {
        throw Broken(target_.string() + " cannot be written: " + reason(errno));
    }
    std::error_code error;
    fs::rename(beside_, target_, error);
    if (error) throw Broken(target_.string() + " cannot be written: " + error.message());
    beside_.clear();
}

namespace {

// A copy in the temporary folder that has no name and so is gone when it is closed.
Descriptor copy_of(int from, const std::string& name) {
    std::string copy = (fs::temp_directory_path() / "purser-XXXXXX").string();
    Descriptor to(mkstemp(copy.data()));
    if (to.number() < 0) throw Broken("no temporary file can be made: " + reason(errno));
    unlink(copy.c_str());
    FileStream out(to.number(), "the temporary file " + copy);
    std::array<char, 1 << 16> bytes;
    for (;;) {
        const auto got = read(from, bytes.data(), bytes.size());
        if (got == 0) break;
        if (got > 0) {
            out.write(bytes.data(), got);
        } else if (errno != EINTR) {
            throw Broken(name + " cannot be read: " + reason(errno));
        }
    }
    out.check();
    return to;
}

// Nothing when the file can be read again and again as it is.
Descriptor copy_if_needed(const std::string& file) {
    if (file == "-") return copy_of(STDIN_FILENO, "standard input");
    refuse_folder(file);
    const Descriptor opened(open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (opened.number() < 0) throw BadInput(file + " cannot be read: " + reason(errno));
    std::error_code error;
    return fs::is_regular_file(file, error) ? Descriptor(-1) : copy_of(opened.number(), file);
}

}  // namespace

ReadableFile::ReadableFile(const std::string& file)
    : ReadableFile(file, file == "-" ? "standard input" : file) {}

ReadableFile::ReadableFile(const std::string& file, std::string name)
    : name_(std::move(name)),
      copy_(copy_if_needed(file)),
      path_(copy_.number() < 0 ? file : "/proc/self/fd/" + std::to_string(copy_.number())) {}

std::int64_t ReadableFile::size() const {
    std::error_code ignored;
    return static_cast<std::int64_t>(fs::file_size(path_, ignored));
}

}  // namespace purser::cli
