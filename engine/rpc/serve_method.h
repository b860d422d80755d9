// One line per method: a handler that translates nothing and decides nothing.
#pragma once

#include "engine/rpc/dispatcher.h"

// Inside a service class with members `dispatcher_` and `api_`: overrides the handler of `Method`
// with the member of the same name of `Api`.
#define GAVEL_SERVE_AS(Api, Method, access)                                           \
  grpc::ServerUnaryReactor* Method(grpc::CallbackServerContext* context,              \
                                   const v1::Method##Request* request,                \
                                   v1::Method##Response* response) override {         \
    return dispatcher_.Serve(context, request, response, api_, &Api::Method, access); \
  }

#define GAVEL_SERVE(Api, Method) GAVEL_SERVE_AS(Api, Method, Access::kSignedIn)

// The same for a method that streams progress and then its result.
#define GAVEL_SERVE_STREAM(Api, Method)                                                     \
  grpc::ServerWriteReactor<v1::Method##Response>* Method(grpc::CallbackServerContext* context, \
                                                         const v1::Method##Request* request)  \
      override {                                                                            \
    return dispatcher_.ServeStream(context, request, api_, &Api::Method);                   \
  }
