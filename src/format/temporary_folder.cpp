#include "format/temporary_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unistd.h>

#include "values/error.hpp"

namespace purser::format {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "purser-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw Broken("no temporary folder can be made at " + name + ": " +
                         std::strerror(errno),  // NOLINT(concurrency-mt-unsafe)
                     "set TMPDIR to another place");
    }
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

}  // namespace purser::format
