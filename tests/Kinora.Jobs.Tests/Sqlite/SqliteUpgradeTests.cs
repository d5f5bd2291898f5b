namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteUpgradeTests() : UpgradeTests(TestStore.Sqlite);
