// Every message, enum and service of gavel.v1 in one namespace, as in the protos.
// test/messages.test.ts holds this list to the folder it describes.
export * from "#gen/gavel/v1/analysis_pb.js";
export * from "#gen/gavel/v1/audit_pb.js";
export * from "#gen/gavel/v1/backtest_pb.js";
export * from "#gen/gavel/v1/catalog_pb.js";
export * from "#gen/gavel/v1/date_pb.js";
export * from "#gen/gavel/v1/error_reason_pb.js";
export * from "#gen/gavel/v1/event_pb.js";
export * from "#gen/gavel/v1/facts_pb.js";
export * from "#gen/gavel/v1/health_pb.js";
export * from "#gen/gavel/v1/health_service_pb.js";
export * from "#gen/gavel/v1/meeting_pb.js";
export * from "#gen/gavel/v1/meeting_service_pb.js";
export * from "#gen/gavel/v1/org_pb.js";
export * from "#gen/gavel/v1/org_service_pb.js";
export * from "#gen/gavel/v1/policy_pb.js";
export * from "#gen/gavel/v1/rule_set_pb.js";
export * from "#gen/gavel/v1/rules_service_pb.js";
export * from "#gen/gavel/v1/server_service_pb.js";
export * from "#gen/gavel/v1/spec_pb.js";
export * from "#gen/gavel/v1/spec_service_pb.js";
export * from "#gen/gavel/v1/verdict_pb.js";
export * from "#gen/gavel/v1/watch_service_pb.js";
