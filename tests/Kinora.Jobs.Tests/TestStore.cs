namespace Kinora.Jobs.Tests;

/// <summary>The databases that every test of the queue runs on.</summary>
public enum TestStore
{
    Sqlite,
    Postgres,
}
