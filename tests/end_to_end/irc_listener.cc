#include "tests/end_to_end/irc_listener.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "absl/time/clock.h"
#include "fmt/format.h"

namespace gavel::e2e {
namespace {

sockaddr_in Loopback(int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int FreePort() {
  const int probe = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  bind(probe, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
  close(probe);
  return ntohs(address.sin_port);
}

int ConnectTo(int port) {
  const sockaddr_in address = Loopback(port);
  for (int attempt = 0; attempt < 200; ++attempt) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
    close(fd);
    absl::SleepFor(absl::Milliseconds(50));
  }
  return -1;
}

constexpr char kConfig[] = R"([Global]
Name = irc.gavel.test
Info = test
Listen = 127.0.0.1
Ports = {}
[Limits]
MaxConnectionsIP = 0
PingTimeout = 5
PongTimeout = 5
[Options]
DNS = no
Ident = no
PAM = no
)";

}  // namespace

IrcServer::IrcServer(std::string folder)
    : folder_(std::move(folder)), port_(FreePort()), address_(fmt::format("127.0.0.1:{}", port_)) {}

void IrcServer::Start() {
  std::ofstream(folder_ + "/ngircd.conf") << fmt::format(kConfig, port_);
  process_ = Process::Start(
      {.arguments = {"/usr/sbin/ngircd", "--nodaemon", "--config", folder_ + "/ngircd.conf"},
       .log = folder_ + "/ngircd.log"});
  const int fd = ConnectTo(port_);
  ASSERT_GE(fd, 0) << "ngircd does not answer; see ngircd.log";
  close(fd);
}

void IrcServer::Kill() {
  process_->Signal(SIGKILL);
  process_->Wait();
}

IrcListener::IrcListener(const IrcServer& server, const std::string& nick,
                         const std::string& channel)
    : socket_(ConnectTo(server.port())) {
  Send("NICK " + nick);
  Send("USER listener 0 * :listener");
  EXPECT_TRUE(ReadUntil(" 001 ", absl::Seconds(10)));
  Send("JOIN " + channel);
  EXPECT_TRUE(ReadUntil(" 366 ", absl::Seconds(10)));
}

IrcListener::~IrcListener() { close(socket_); }

void IrcListener::Send(const std::string& line) {
  const std::string bytes = line + "\r\n";
  EXPECT_EQ(send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(bytes.size()));
}

bool IrcListener::ReadUntil(const std::string& text, absl::Duration patience) {
  const absl::Time deadline = absl::Now() + patience;
  while (true) {
    const size_t end = pending_.find("\r\n");
    if (end != std::string::npos) {
      const std::string line = pending_.substr(0, end);
      pending_.erase(0, end + 2);
      const size_t said = line.find(" PRIVMSG ");
      if (said != std::string::npos) heard_.push_back(line.substr(line.find(" :", said) + 2));
      if (line.starts_with("PING ")) Send("PONG " + line.substr(5));
      if (line.find(text) != std::string::npos) return true;
      continue;
    }
    const auto left = static_cast<int>(absl::ToInt64Milliseconds(deadline - absl::Now()));
    pollfd entry = {.fd = socket_, .events = POLLIN, .revents = 0};
    if (left <= 0 || poll(&entry, 1, left) <= 0) return false;
    std::array<char, 4096> buffer;
    const ssize_t count = recv(socket_, buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    pending_.append(buffer.data(), static_cast<size_t>(count));
  }
}

std::vector<std::string> IrcListener::Heard(size_t count) {
  const absl::Time deadline = absl::Now() + absl::Seconds(10);
  while (heard_.size() < count && absl::Now() < deadline) {
    ReadUntil(" PRIVMSG ", deadline - absl::Now());
  }
  ReadUntil(" PRIVMSG ", absl::Milliseconds(300));
  return heard_;
}

}  // namespace gavel::e2e
