namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresUpgradeTests() : UpgradeTests(TestStore.Postgres);
