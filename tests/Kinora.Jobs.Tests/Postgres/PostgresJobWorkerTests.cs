namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresJobWorkerTests() : JobWorkerTests(TestStore.Postgres);
