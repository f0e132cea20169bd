#include "emulator/config_json.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

namespace msc {
namespace {

using Json = nlohmann::ordered_json;

Json AccountNames(const EmulatorOptions& options) {
  Json names = Json::array({options.account});
  for (const auto& account : options.accounts) names.push_back(account.name);
  return names;
}

std::string_view NameOf(Media media) {
  switch (media) {
    case Media::kOff:
      return "off";
    case Media::kAuto:
      return "auto";
    case Media::kFfmpeg:
      return "ffmpeg";
  }
  throw std::logic_error("Media out of range");
}

}  // namespace

std::string ConfigJson(const EmulatorOptions& options) {
  Json json = {{"host", options.host}, {"port", options.port}};
  json["blobPort"] = options.blob_port ? Json(*options.blob_port) : Json(nullptr);
  json["data"] = options.data_directory.string();
  json["durability"] = options.durability == Durability::kFull ? "full" : "process";
  json["processingTimeMillis"] = options.processing_time.count();
  json["media"] = NameOf(options.media);
  json["mediaLimit"] = options.media_limit;
  json["mediaTimeoutMillis"] = options.media_timeout.count();
  json["accounts"] = AccountNames(options);
  json["oauth"] = options.oauth ? "basic" : "off";
  json["versioning"] = options.versioning;
  json["softDeleteDays"] = options.soft_delete_days;
  json["externalUrl"] = options.external_url;
  json["blobExternalUrl"] = options.blob_external_url;
  json["uploadPermissions"] = options.upload_permissions;
  json["corsOrigins"] = options.cors_origins;
  json["copySources"] = options.copy_sources;
  json["seed"] = options.seed.string();
  json["frozenAt"] = options.frozen_at.empty() ? Json(nullptr) : Json(options.frozen_at);
  json["randomSeed"] = options.random_seed ? Json(*options.random_seed) : Json(nullptr);
  json["magicNames"] = options.magic_names;
  json["strict"] = options.strict;
  json["loose"] = options.loose;
  json["requiresAuth"] = options.require_auth.has_value();
  json["tls"] = options.tls_self_signed || !options.tls_certificate.empty();
  json["adminHosts"] = options.admin_hosts;
  json["requiresAdminToken"] = options.admin_token.has_value();
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace msc
