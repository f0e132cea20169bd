#pragma once

#include <string>

#include "emulator/base/result.h"
#include "emulator/http/request.h"
#include "emulator/http/response.h"
#include "storage_stub/model/container_record.h"
#include "storage_stub/protocol/paging.h"

// What answers say about containers.
namespace msc::storage {

// ETag and Last-Modified.
void AddState(http::Headers& headers, const ContainerRecord& record);

http::Response ContainerAnswer(const ContainerRecord& record);
http::Response ContainerChangeAnswer(int status, const ContainerRecord& record);

// What List Containers is asked for.
struct ContainerListOrder {
  PageRequest page;
  bool metadata = false;
};

// Errors of ReadPageRequest; kInvalidQueryParameterValue for an `include` that there is not.
Result<ContainerListOrder> ReadContainerListOrder(const http::Request& request);

http::Response ContainerListAnswer(const http::Request& request, const std::string& account,
                                   const ContainerListOrder& order,
                                   const Page<ContainerRecord>& page);

}  // namespace msc::storage
