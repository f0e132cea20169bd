#pragma once

#include <string>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"
#include "storage_stub/model/container_record.h"
#include "storage_stub/protocol/paging.h"

// The responses about containers.
namespace msc::storage {

// Adds ETag and Last-Modified.
void AddState(http::Headers& headers, const ContainerRecord& record);

http::Response ContainerAnswer(const ContainerRecord& record, Time now);
http::Response ContainerChangeAnswer(int status, const ContainerRecord& record);

// The parameters of List Containers.
struct ContainerListOrder {
  PageRequest page;
  bool metadata = false;
  bool system = false;  // Also $logs.
};

// The errors of ReadPageRequest; kInvalidQueryParameterValue for an unknown `include`.
Result<ContainerListOrder> ReadContainerListOrder(const http::Request& request);

http::Response ContainerListAnswer(const http::Request& request, const std::string& account,
                                   const ContainerListOrder& order,
                                   const Page<ContainerRecord>& page, Time now);

}  // namespace msc::storage
