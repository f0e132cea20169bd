#include "storage_stub/service/service_store.h"

#include "storage_stub/service/service_xml.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelect = R"sql(
  SELECT name, xml FROM service_property WHERE account = :account
)sql";

constexpr std::string_view kReplace = R"sql(
  REPLACE INTO service_property (account, name, xml) VALUES (:account, :name, :xml)
)sql";

}  // namespace

ServiceSections ServiceStore::Sections(std::string_view account) const {
  auto transaction = database_.Read();
  auto select = transaction.Prepare(kSelect);
  select.Bind(":account", account);
  ServiceSections sections;
  while (select.Step()) sections.emplace(select.Text(0), select.Text(1));
  return sections;
}

void ServiceStore::Set(std::string_view account, const ServiceSections& sections) {
  const std::lock_guard lock(mutex_);  // Nobody reads the rules of before after this.
  {
    auto transaction = database_.Write();
    for (const auto& [name, xml] : sections) {
      transaction.Prepare(kReplace)
          .Bind(":account", account)
          .Bind(":name", name)
          .Bind(":xml", xml)
          .Run();
    }
    transaction.Commit();
  }
  rules_.clear();
}

std::shared_ptr<const CorsRules> ServiceStore::Rules(std::string_view account) const {
  const std::lock_guard lock(mutex_);
  const auto known = rules_.find(account);
  if (known != rules_.end()) return known->second;
  auto rules = std::make_shared<const CorsRules>(CorsRulesOf(Sections(account)));
  rules_.emplace(account, rules);
  return rules;
}

}  // namespace msc::storage
