using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Tests.Webhooks;
using Kinora.Jobs.Webhooks;

namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteWebhookStoreTests : WebhookStoreConformance
{
    private readonly ScratchFolder _folder = new();
    private SqliteDatabase? _database;

    [Fact]
    public void Only_its_owner_can_read_the_file_with_the_signing_keys()
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("kinora.db")));
    }

    [Fact]
    public async Task A_restarted_server_sends_at_once_what_its_killed_predecessor_had_claimed()
    {
        var id = await Jobs.SubmitAsync(NewJobs.Create() with { Webhook = new NewWebhook(new Uri("https://example.org/"), "https://kinora.example") });
        await Jobs.RequestCancelAsync(id, default);
        await Webhooks.ClaimDueAsync(1, 1, new Dictionary<string, int>(), TimeSpan.FromMinutes(2), default);

        await ((SqliteJobStore)Jobs).ExpireAllAsync(default);

        Assert.Single(await Webhooks.ClaimDueAsync(1, 1, new Dictionary<string, int>(), TimeSpan.FromMinutes(2), default));
    }

    private protected override Task<(IJobStore Jobs, IWebhookStore Webhooks, IWebhookKeyStore Keys)> CreateStoresAsync(TimeProvider time)
    {
        _database = SqliteDatabase.Open(_folder.File("kinora.db"));
        return Task.FromResult<(IJobStore, IWebhookStore, IWebhookKeyStore)>(
            (new SqliteJobStore(_database, time), new SqliteWebhookStore(_database, time), new SqliteWebhookKeyStore(_database)));
    }

    public override async ValueTask DisposeAsync()
    {
        await _database!.DisposeAsync();
        _folder.Dispose();
        await base.DisposeAsync();
    }
}
