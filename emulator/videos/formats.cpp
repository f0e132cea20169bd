#include "emulator/videos/formats.h"

namespace msc::videos {
namespace {

constexpr Format kFormats[] = {
    {"aif", "audio/x-aiff"},        {"aifc", "audio/x-aiff"},
    {"aiff", "audio/x-aiff"},       {"au", "audio/basic"},
    {"avi", "video/x-msvideo"},     {"dif", "video/x-dv"},
    {"dv", "video/x-dv"},           {"m3u", "audio/x-mpegurl"},
    {"m4a", "audio/mp4a-latm"},     {"m4b", "audio/mp4a-latm"},
    {"m4p", "audio/mp4a-latm"},     {"m4u", "video/vnd.mpegurl"},
    {"m4v", "video/x-m4v"},         {"mid", "audio/midi"},
    {"midi", "audio/midi"},         {"mov", "video/quicktime"},
    {"movie", "video/x-sgi-movie"}, {"mp2", "audio/mpeg"},
    {"mp3", "audio/mpeg"},          {"mp4", "audio/mp4"},
    {"mpe", "audio/mpeg"},          {"mpeg", "audio/mpeg"},
    {"mpg", "audio/mpeg"},          {"mpga", "audio/mpeg"},
    {"mxu", "video/vnd.mpegurl"},   {"qt", "video/quicktime"},
    {"ra", "audio/x-pn-realaudio"}, {"ram", "audio/x-pn-realaudio"},
    {"wav", "audio/x-wav"},         {"asf", "video/x-ms-asf"},
    {"asx", "video/x-ms-asf"},      {"wma", "audio/x-ms-wma"},
    {"wax", "audio/x-ms-wax"},      {"wmv", "audio/x-ms-wmv"},
    {"wvx", "video/x-ms-wvx"},      {"wm", "video/x-ms-wm"},
    {"wmx", "video/x-ms-wmx"},
};

}  // namespace

std::span<const Format> Formats() { return kFormats; }

}  // namespace msc::videos
