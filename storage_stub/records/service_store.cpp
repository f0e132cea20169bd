#include "storage_stub/records/service_store.h"

#include <utility>

#include "storage_stub/model/service_properties.h"

namespace msc::storage {
namespace {

constexpr std::string_view kSelectServiceProperties = R"sql(
  SELECT name, xml FROM service_property WHERE account = :account
)sql";

constexpr std::string_view kReplaceServiceProperties = R"sql(
  REPLACE INTO service_property (account, name, xml) VALUES (:account, :name, :xml)
)sql";

ServiceSections SelectSections(sqlite::Transaction& transaction, std::string_view account) {
  auto select = transaction.Prepare(kSelectServiceProperties);
  select.Bind(":account", account);
  ServiceSections sections;
  while (select.Step()) sections.emplace(select.Text(0), select.Text(1));
  return sections;
}

std::shared_ptr<const CorsRules> SelectRules(sqlite::Transaction& transaction,
                                             std::string_view account) {
  return std::make_shared<CorsRules>(CorsRulesOf(SelectSections(transaction, account)));
}

}  // namespace

ServiceStore::ServiceStore(sqlite::Database& database, const std::vector<Account>& accounts)
    : database_(database), default_rules_(std::make_shared<CorsRules>(CorsRulesOf({}))) {
  auto transaction = database_.Read();
  for (const auto& account : accounts) {
    rules_[account.name] = SelectRules(transaction, account.name);
  }
}

ServiceSections ServiceStore::Sections(std::string_view account) const {
  auto transaction = database_.Read();
  return SelectSections(transaction, account);
}

void ServiceStore::Set(std::string_view account, const ServiceSections& sections) {
  auto transaction = database_.Write();
  for (const auto& [name, xml] : sections) {
    transaction.Prepare(kReplaceServiceProperties)
        .Bind(":account", account)
        .Bind(":name", name)
        .Bind(":xml", xml)
        .Run();
  }
  auto rules = SelectRules(transaction, account);
  transaction.Commit();
  const MutexLock lock(mutex_);
  rules_[std::string(account)] = std::move(rules);
}

void ServiceStore::Reload(sqlite::Transaction& transaction) {
  const MutexLock lock(mutex_);
  for (auto& [account, rules] : rules_) rules = SelectRules(transaction, account);
}

std::shared_ptr<const CorsRules> ServiceStore::Rules(std::string_view account) const {
  const MutexLock lock(mutex_);
  const auto rules = rules_.find(account);
  return rules == rules_.end() ? default_rules_ : rules->second;
}

}  // namespace msc::storage
