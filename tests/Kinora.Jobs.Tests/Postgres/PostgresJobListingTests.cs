using Kinora.Jobs.Listing;
using Kinora.Jobs.Postgres;
using Kinora.Jobs.Tests.Listing;
using Kinora.Jobs.Usage;

namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresJobListingTests : JobListingConformance, IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private PostgresJobStore? _jobs;

    private protected override IJobStore Jobs => _jobs!;

    private protected override IUsageStore Usage => new PostgresUsageStore(_database.First);

    private protected override IJobListing Listing => new PostgresJobListing(_database.First);

    public async ValueTask InitializeAsync() => _jobs = new PostgresJobStore(await _database.OpenAsync(Clock));

    public async ValueTask DisposeAsync()
    {
        _jobs?.Dispose();
        await _database.DisposeAsync();
    }
}
