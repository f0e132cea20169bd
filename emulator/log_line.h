#pragma once

#include <msc/logged_request.h>

#include <string>
#include <string_view>

// A request of the log as text.
namespace msc {

// The text without anything that a terminal would obey: a line break becomes \n, any other control
// character and whatever is not UTF-8 becomes a question mark.
std::string Printable(std::string_view text);

// "PutBlock"; or method and target if no route matched.
std::string SubjectOf(const LoggedRequest& request);

// The size of the request's body, or, if it has none, of the response's: "4194304 B".
std::string SizeOf(const LoggedRequest& request);

// "0.4 ms"
std::string DurationOf(const LoggedRequest& request);

// Why it was rejected and what to do: "the signature does not match; …; see http://…/explain".
// Empty: it was not.
std::string ReasonOf(const LoggedRequest& request);

// Route, SQL time and string to sign; empty: they are not known.
std::string DetailsOf(const LoggedRequest& request);

// All of it on one line, without the time.
std::string LogLine(const LoggedRequest& request);

}  // namespace msc
