namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresKilledProcessTests() : KilledProcessTests(TestStore.Postgres);
