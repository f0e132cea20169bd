#include <msc/video.h>

#include <stdexcept>

namespace msc {

std::string_view Name(DiagnosticCode code) {
  switch (code) {
    case DiagnosticCode::kMarkCompleteBeforeUpload:
      return "MarkCompleteBeforeUpload";
    case DiagnosticCode::kPlaintextUploaded:
      return "PlaintextUploaded";
    case DiagnosticCode::kUploadAfterMarkComplete:
      return "UploadAfterMarkComplete";
    case DiagnosticCode::kPolledTooFast:
      return "PolledTooFast";
    case DiagnosticCode::kPolledAfterEnd:
      return "PolledAfterEnd";
    case DiagnosticCode::kTokenNotUsed:
      return "TokenNotUsed";
    case DiagnosticCode::kBlocksNotCommitted:
      return "BlocksNotCommitted";
    case DiagnosticCode::kSignatureOutOfTime:
      return "SignatureOutOfTime";
    case DiagnosticCode::kLengthMissing:
      return "LengthMissing";
    case DiagnosticCode::kChunkedUpload:
      return "ChunkedUpload";
    case DiagnosticCode::kFormUploaded:
      return "FormUploaded";
    case DiagnosticCode::kTextUploaded:
      return "TextUploaded";
    case DiagnosticCode::kKeyFetchedAgain:
      return "KeyFetchedAgain";
    case DiagnosticCode::kPlayedWithoutKey:
      return "PlayedWithoutKey";
  }
  throw std::logic_error("DiagnosticCode out of range");
}

std::optional<DiagnosticCode> ParseDiagnosticCode(std::string_view name) {
  using enum DiagnosticCode;
  for (const DiagnosticCode code :
       {kMarkCompleteBeforeUpload, kPlaintextUploaded, kUploadAfterMarkComplete, kPolledTooFast,
        kPolledAfterEnd, kTokenNotUsed, kBlocksNotCommitted, kSignatureOutOfTime, kLengthMissing,
        kChunkedUpload, kFormUploaded, kTextUploaded, kKeyFetchedAgain, kPlayedWithoutKey}) {
    if (Name(code) == name) return code;
  }
  return std::nullopt;
}

}  // namespace msc
