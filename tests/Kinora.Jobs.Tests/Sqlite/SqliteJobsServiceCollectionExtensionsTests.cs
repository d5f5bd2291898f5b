namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteJobsServiceCollectionExtensionsTests() : JobsServiceCollectionExtensionsTests(TestStore.Sqlite);
