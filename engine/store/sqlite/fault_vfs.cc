#include "engine/store/sqlite/fault_vfs.h"

#include <sqlite3.h>

#include <string_view>

namespace gavel::store {
namespace {

struct Fault {
  bool armed = false;
  FaultVfs::Operation operation{};
  std::string suffix;
  int code = 0;
  int failures = 0;
};

// SQLite's callbacks are plain functions; there is one FaultVfs at a time.
Fault fault;

// The default VFS's own file follows this struct in memory.
struct FaultFile {
  sqlite3_file base;
  const char* name;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

FaultFile* Wrapper(sqlite3_file* file) { return reinterpret_cast<FaultFile*>(file); }
sqlite3_file* Real(sqlite3_file* file) { return Wrapper(file)->real(); }
sqlite3_vfs* RealVfs(sqlite3_vfs* vfs) { return static_cast<sqlite3_vfs*>(vfs->pAppData); }

// The code to fail with, or OK.
int Strike(FaultVfs::Operation operation, sqlite3_file* file) {
  const std::string_view name = Wrapper(file)->name == nullptr ? "" : Wrapper(file)->name;
  if (!fault.armed || fault.operation != operation || !name.ends_with(fault.suffix)) {
    return SQLITE_OK;
  }
  ++fault.failures;
  return fault.code;
}

int Read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  const int code = Strike(FaultVfs::Operation::kRead, file);
  return code != SQLITE_OK ? code : Real(file)->pMethods->xRead(Real(file), to, size, at);
}

int Write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  const int code = Strike(FaultVfs::Operation::kWrite, file);
  return code != SQLITE_OK ? code : Real(file)->pMethods->xWrite(Real(file), from, size, at);
}

int Sync(sqlite3_file* file, int flags) {
  const int code = Strike(FaultVfs::Operation::kSync, file);
  return code != SQLITE_OK ? code : Real(file)->pMethods->xSync(Real(file), flags);
}

// Everything else is passed on as it is.
const sqlite3_io_methods kMethods = {
    .iVersion = 2,  // With shared memory, which the write-ahead log needs; without mmap.
    .xClose = [](sqlite3_file* file) { return Real(file)->pMethods->xClose(Real(file)); },
    .xRead = Read,
    .xWrite = Write,
    .xTruncate =
        [](sqlite3_file* file, sqlite3_int64 size) {
          return Real(file)->pMethods->xTruncate(Real(file), size);
        },
    .xSync = Sync,
    .xFileSize =
        [](sqlite3_file* file, sqlite3_int64* size) {
          return Real(file)->pMethods->xFileSize(Real(file), size);
        },
    .xLock = [](sqlite3_file* file,
                int level) { return Real(file)->pMethods->xLock(Real(file), level); },
    .xUnlock = [](sqlite3_file* file,
                  int level) { return Real(file)->pMethods->xUnlock(Real(file), level); },
    .xCheckReservedLock =
        [](sqlite3_file* file, int* locked) {
          return Real(file)->pMethods->xCheckReservedLock(Real(file), locked);
        },
    .xFileControl =
        [](sqlite3_file* file, int operation, void* argument) {
          return Real(file)->pMethods->xFileControl(Real(file), operation, argument);
        },
    .xSectorSize = [](sqlite3_file* file) { return Real(file)->pMethods->xSectorSize(Real(file)); },
    .xDeviceCharacteristics =
        [](sqlite3_file* file) { return Real(file)->pMethods->xDeviceCharacteristics(Real(file)); },
    .xShmMap =
        [](sqlite3_file* file, int region, int size, int extend, void volatile** to) {
          return Real(file)->pMethods->xShmMap(Real(file), region, size, extend, to);
        },
    .xShmLock =
        [](sqlite3_file* file, int offset, int count, int flags) {
          return Real(file)->pMethods->xShmLock(Real(file), offset, count, flags);
        },
    .xShmBarrier = [](sqlite3_file* file) { Real(file)->pMethods->xShmBarrier(Real(file)); },
    .xShmUnmap = [](sqlite3_file* file,
                    int remove) { return Real(file)->pMethods->xShmUnmap(Real(file), remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int Open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  Wrapper(file)->name = name;
  const int code = RealVfs(vfs)->xOpen(RealVfs(vfs), name, Real(file), flags, out_flags);
  file->pMethods = Real(file)->pMethods == nullptr ? nullptr : &kMethods;
  return code;
}

sqlite3_vfs MakeVfs() {
  sqlite3_vfs* const real = sqlite3_vfs_find(nullptr);
  sqlite3_vfs vfs = *real;  // Deleting, finding, sleeping and the clock are the default one's.
  vfs.szOsFile += static_cast<int>(sizeof(FaultFile));
  vfs.zName = FaultVfs::kName;
  vfs.pNext = nullptr;
  vfs.pAppData = real;
  vfs.xOpen = Open;
  return vfs;
}

sqlite3_vfs* TheVfs() {
  static sqlite3_vfs vfs = MakeVfs();
  return &vfs;
}

}  // namespace

FaultVfs::FaultVfs() {
  fault = Fault();
  sqlite3_vfs_register(TheVfs(), /*makeDflt=*/0);
}

FaultVfs::~FaultVfs() { sqlite3_vfs_unregister(TheVfs()); }

void FaultVfs::Fail(Operation operation, std::string suffix, int code) {
  fault = {.armed = true,
           .operation = operation,
           .suffix = std::move(suffix),
           .code = code,
           .failures = fault.failures};
}

void FaultVfs::Heal() { fault.armed = false; }

int FaultVfs::failures() const { return fault.failures; }

}  // namespace gavel::store
