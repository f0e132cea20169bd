#include "storage_stub/model/copy_sources.h"

#include <algorithm>

#include "emulator/base/text.h"
#include "emulator/http/request.h"

namespace msc::storage {
namespace {

constexpr std::string_view kAfterScheme = "://";

bool IsAddress(std::string_view host) {
  return host.find_first_not_of("0123456789.") == std::string_view::npos ||
         host.find(':') != std::string_view::npos;
}

std::string HostOf(const std::string& authority) {
  return http::Request{.authority = authority}.host();
}

// Whether `path` is below `folder`, which may end with a slash.
bool IsBelow(std::string_view path, std::string_view folder) {
  if (!path.starts_with(folder)) return false;
  return folder.ends_with('/') || path.size() == folder.size() || path[folder.size()] == '/' ||
         path[folder.size()] == '?';
}

}  // namespace

CopySources::CopySources(std::string_view list) {
  for (const auto part : Split(list, ',')) {
    Entry entry;
    if (ReadEntry(Trim(part), entry)) entries_.push_back(std::move(entry));
  }
}

bool CopySources::IsList(std::string_view list) {
  if (list.empty()) return true;
  const auto parts = Split(list, ',');
  return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
    Entry entry;
    return ReadEntry(Trim(part), entry);
  });
}

bool CopySources::ReadEntry(std::string_view text, Entry& entry) {
  const auto scheme = text.find(kAfterScheme);
  if (scheme != std::string_view::npos) {
    entry.scheme = ToLower(text.substr(0, scheme));
    if (entry.scheme != "http" && entry.scheme != "https") return false;
    text.remove_prefix(scheme + kAfterScheme.size());
  }
  const auto path = std::min(text.find_first_of("/?"), text.size());
  entry.authority = ToLower(text.substr(0, path));
  entry.path = text.substr(path);
  return http::IsAuthority(entry.authority) && (entry.path.empty() || !entry.scheme.empty());
}

bool CopySources::Allows(std::string_view url) const {
  Entry wanted;
  if (url.find(kAfterScheme) == std::string_view::npos || !ReadEntry(url, wanted)) return false;
  const std::string host = HostOf(wanted.authority);
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    const bool fits =
        entry.authority == wanted.authority || (entry.scheme.empty() && entry.authority == host);
    return fits && (entry.scheme.empty() || entry.scheme == wanted.scheme) &&
           IsBelow(wanted.path, entry.path);
  });
}

bool CopySources::AllowsAddress(std::string_view url) const {
  Entry wanted;
  return Allows(url) && ReadEntry(url, wanted) && IsAddress(HostOf(wanted.authority));
}

}  // namespace msc::storage
