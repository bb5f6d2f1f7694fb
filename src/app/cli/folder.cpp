#include "app/cli/folder.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "app/cli/file.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

namespace fs = std::filesystem;

std::string reason(int error) { return std::generic_category().message(error); }

// The files of the package that is in the folder: its descriptor, and what that names. Empty when
// it is none of that name.
std::vector<std::string> package_files(const fs::path& folder, const std::string& name) {
    std::ifstream file(folder / "datapackage.json");
    const auto json = nlohmann::json::parse(file, nullptr, false);
    if (!json.is_object() || json.value("name", "") != name) return {};
    std::vector<std::string> files{"datapackage.json"};
    for (const auto& resource : json.value("resources", nlohmann::json::array())) {
        if (!resource.is_object()) continue;
        const fs::path path = resource.value("path", "");  // maybe in a folder of its own
        if (!path.empty()) files.push_back(path.begin()->string());
    }
    return files;
}

void refuse_other(const fs::path& folder, const std::string& name) {
    std::error_code error;
    if (!fs::exists(fs::symlink_status(folder, error))) return;
    const std::string hint =
        "name a folder that is not there, is empty, or holds an earlier " + name;
    if (!fs::is_directory(folder, error)) {
        throw BadInput(folder.string() + " is a file, and a data package is a folder", hint);
    }
    const auto known = package_files(folder, name);
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const std::string file = entry.path().filename().string();
        if (std::find(known.begin(), known.end(), file) == known.end()) {
            throw BadInput(folder.string() + " holds something else: " + file, hint);
        }
    }
    if (error) throw BadInput(folder.string() + " cannot be read: " + error.message());
}

void let_read(const fs::path& folder, Readers readers) {
    if (readers == Readers::owner) return;
    static_cast<void>(chmod(folder.c_str(), served_mode(S_IRWXU)));
}

// A new folder beside its place, gone with all that is in it unless it was put there.
class Beside {
public:
    Beside(const fs::path& place, Readers readers) {
        std::string name = place.string() + ".XXXXXX";
        if (mkdtemp(name.data()) == nullptr) {
            const int error = errno;
            const std::string what = place.string() + " cannot be written: " + reason(error);
            if (error == ENOSPC || error == EIO || error == EROFS) throw Broken(what);
            throw BadInput(what, "name a folder in one that exists and that you may write to");
        }
        path_ = name;
        let_read(path_, readers);
    }
    ~Beside() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Beside(const Beside&) = delete;
    Beside& operator=(const Beside&) = delete;
    const fs::path& path() const { return path_; }

    // The folder that was there, if any, takes this one's place and is removed with it.
    void put(const fs::path& place) {
        std::error_code error;
        if (!fs::exists(place, error)) {
            fs::rename(path_, place, error);
        } else if (renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) !=
                   0) {
            error = exchange(place);
        }
        if (error) throw Broken(place.string() + " cannot be written: " + error.message());
    }

private:
    // For a disk that cannot exchange two names in one step.
    std::error_code exchange(const fs::path& place) const {
        std::error_code error;
        const fs::path old = path_.string() + ".old";
        fs::rename(place, old, error);
        if (error) return error;
        fs::rename(path_, place, error);
        std::error_code ignored;
        if (error) {
            fs::rename(old, place, ignored);
        } else {
            fs::remove_all(old, ignored);
        }
        return error;
    }

    fs::path path_;
};

fs::path without_trailing_slash(const fs::path& folder) {
    return folder.has_filename() ? folder : folder.parent_path();
}

}  // namespace

void write_package(const fs::path& folder, const std::string& name,
                   const std::vector<format::PackageFile>& files, Readers readers) {
    const fs::path place = without_trailing_slash(folder);
    if (place.empty() || place == "." || place == "..") {
        throw BadInput("'" + folder.string() + "' is no name for a new folder");
    }
    refuse_other(place, name);
    Beside beside(place, readers);
    for (const format::PackageFile& one : files) {
        const fs::path path = beside.path() / one.name;
        std::error_code error;
        fs::create_directories(path.parent_path(), error);  // what fails is said when it is written
        let_read(path.parent_path(), readers);
        WholeFile file(path, readers);
        file.stream() << one.content;
        file.finish();
    }
    beside.put(place);
}

}  // namespace purser::cli
