namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteKilledProcessTests() : KilledProcessTests(TestStore.Sqlite);
