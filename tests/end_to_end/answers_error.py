"""A gRPC server that answers every call with one error: a server with a bug, or an old one.

Usage: answers_error.py CODE      (INTERNAL, say; prints its port, then serves until it is killed)

Needs python3-grpcio, so it runs with /usr/bin/python3.
"""

import concurrent.futures
import sys

import grpc


class EveryMethod(grpc.GenericRpcHandler):
    def service(self, handler_call_details):
        def fail(_request, context):
            context.abort(grpc.StatusCode[sys.argv[1]], "as always")
        return grpc.unary_unary_rpc_method_handler(fail)


def main():
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(max_workers=2))
    server.add_generic_rpc_handlers((EveryMethod(),))
    print(server.add_insecure_port("127.0.0.1:0"), flush=True)
    server.start()
    server.wait_for_termination()


sys.exit(main())
