namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresJobsServiceCollectionExtensionsTests() : JobsServiceCollectionExtensionsTests(TestStore.Postgres);
