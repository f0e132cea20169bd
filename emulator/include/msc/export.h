#pragma once

// Marks what programs may use of the library. Everything else has hidden visibility: a shared
// library does not export it.
#define MSC_EXPORT __attribute__((visibility("default")))
