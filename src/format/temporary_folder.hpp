// A folder of our own for files that other programs make or read, or that came from outside:
// gone with the object and with all that is in it.
#pragma once

#include <filesystem>

namespace purser::format {

class TemporaryFolder {
public:
    TemporaryFolder();  // Broken when there is no room for one
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace purser::format
