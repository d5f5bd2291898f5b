namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteJobWorkerTests() : JobWorkerTests(TestStore.Sqlite);
