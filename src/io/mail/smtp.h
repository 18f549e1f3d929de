// SPDX-License-Identifier: Apache-2.0
// Hands a mail over to the installation's mail server (SMTP, libcurl). Which server that is, its operator
// says, so no address is refused here. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace handslag::mail {

enum class Encryption : std::uint8_t { None, StartTls, Tls };

struct MailServer {
  std::string host;  // empty: no mail is sent
  std::uint16_t port = 587;
  Encryption encryption = Encryption::StartTls;  // with both kinds the certificate must be trusted
  std::string user, password;                    // empty: without signing in
  std::string authorities_path;                  // PEM file of trusted authorities; "": the system's
  std::chrono::milliseconds timeout{30'000};     // for all of it
};

/// Ok when the server has taken it. Waits. Errors: Invalid (it refuses the recipient or the message for
/// good), Unauthenticated, Timeout, Unavailable (not reached, refuses for now, TLS not trusted). Messages
/// name host and port and what the server said, never an address.
Status send_mail(const MailServer& server, const std::string& from, const std::string& to,
                 const std::string& message);

/// Ok when the server lets us in: reached, its certificate trusted, signed in. Sends no mail. Waits; errors
/// as above.
Status greet(const MailServer& server);

}  // namespace handslag::mail
