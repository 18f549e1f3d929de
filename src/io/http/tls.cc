// SPDX-License-Identifier: Apache-2.0
#include "io/http/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <string_view>
#include <utility>

namespace handslag::http {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

constexpr unsigned char kProtocols[] = "\x08http/1.1";

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned offered_length, void*) {
  unsigned char* match = nullptr;
  if (SSL_select_next_proto(&match, length, kProtocols, sizeof kProtocols - 1, offered, offered_length) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = match;
  return SSL_TLSEXT_ERR_OK;
}

Error unusable(const std::string& what, const std::string& path, const error_code& fault) {
  ERR_clear_error();
  return invalid(what + " " + path + ": " + fault.message() +
                 ". Give a PEM file that this user may read, and the key that belongs to the certificate.");
}

}  // namespace

TlsContext::TlsContext(std::string certificate_path, std::string key_path)
    : certificate_path_(std::move(certificate_path)), key_path_(std::move(key_path)) {}

Status TlsContext::load() {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX* native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native,
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // idle connections give theirs back
  SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
  // Why: a key that asks for a pass phrase would otherwise ask at the terminal.
  error_code fault;
  context->set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); },
                                 fault);
  context->use_certificate_chain_file(certificate_path_, fault);
  if (fault) return unusable("certificate", certificate_path_, fault);
  context->use_private_key_file(key_path_, ssl::context::pem, fault);
  if (fault) return unusable("key", key_path_, fault);
  const std::lock_guard lock(mutex_);
  current_ = std::move(context);
  return {};
}

std::shared_ptr<ssl::context> TlsContext::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

}  // namespace handslag::http
