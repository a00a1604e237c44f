/** A module of its own, because imports run before any statement of the module that has them. */
process.env.ORT_DISABLE_TELEMETRY = '1';
