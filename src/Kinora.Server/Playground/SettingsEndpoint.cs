using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Webhooks;
using Kinora.Server.Engines;
using Kinora.Server.Engines.Ltx;
using Kinora.Server.Keys;
using Kinora.Server.Platform;
using Kinora.Server.Webhooks;

namespace Kinora.Server.Playground;

/// <summary>
/// What the settings page needs beyond the hosted service's routes: keys with their budgets and those that are closed, the keys that sign webhooks, and what is
/// installed on this machine.
/// </summary>
internal sealed class SettingsEndpoint(
    IApiKeyStore keys, IBudgetStore budgets, WebhookKeyRing webhookKeys, IEnumerable<IVideoEngine> engines, LtxOptions ltx, JobsOptions options, TimeProvider time)
{
    private const decimal MostBudget = 1_000_000_000;

    /// <summary><c>GET /v1/kinora/keys</c>: all keys, oldest first.</summary>
    public async Task ListKeysAsync(PlatformCall call)
    {
        var now = time.GetUtcNow();
        var shown = new JsonArray();
        foreach (var key in await keys.ListAsync(call.Aborted)) shown.Add(await DescribeAsync(key, now, call.Aborted));
        await call.WriteAsync(new JsonObject { ["keys"] = shown });
    }

    /// <summary><c>PUT /v1/kinora/keys/{id}/budget</c> with <c>{"amount": USD or null}</c>: what the key may spend from now on.</summary>
    public async Task SetBudgetAsync(PlatformCall call)
    {
        var amount = (await PlatformBody.ReadAsync(call))["amount"] switch
        {
            null => (decimal?)null,
            JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<decimal>(out var usd) && usd is >= 0 and <= MostBudget => usd,
            _ => throw PlatformRefusedException.Invalid($"amount must be US dollars, 0 to {MostBudget:0}, or null for no budget."),
        };
        if (await keys.FindAsync(call.Id, call.Aborted) is not { } key)
            throw PlatformRefusedException.NotFound("There is no such key.");
        await budgets.SetAsync(key.KeyId, amount, CancellationToken.None);
        await call.WriteAsync(await DescribeAsync(key, time.GetUtcNow(), call.Aborted));
    }

    /// <summary><c>GET /v1/kinora/webhook-keys</c>: the published keys, the newest first.</summary>
    public async Task ListWebhookKeysAsync(PlatformCall call)
    {
        var signing = await webhookKeys.FindSigningAsync(call.Aborted);
        var published = await webhookKeys.FindPublishedAsync(call.Aborted);
        await call.WriteAsync(new JsonObject { ["keys"] = new JsonArray([.. published.Select(key => Describe(key, key.Id == signing.Id))]) });
    }

    /// <summary><c>POST /v1/kinora/webhook-keys</c> with <c>{"at_once": bool}</c>: makes a new key.</summary>
    public async Task RotateWebhookKeyAsync(PlatformCall call)
    {
        var atOnce = (await PlatformBody.ReadAsync(call))["at_once"]?.GetValueKind() == JsonValueKind.True;
        var key = await webhookKeys.RotateAsync(atOnce, CancellationToken.None);
        await call.WriteAsync(Describe(key, key.SignsFrom <= time.GetUtcNow()));
    }

    /// <summary><c>GET /v1/kinora/machine</c>: the engines, and what they need of this machine.</summary>
    public async Task ExamineMachineAsync(PlatformCall call)
    {
        var findings = (await Doctor.ExamineAsync(options, time, call.Aborted)).Append(ExamineWeights());
        await call.WriteAsync(new JsonObject
        {
            ["engines"] = new JsonArray([.. engines.Select(engine => (JsonNode)engine.Name)]),
            ["slots"] = options.Worker.Slots,
            ["retention_days"] = options.Retention.Jobs.TotalDays,
            ["findings"] = new JsonArray([.. findings.Select(finding => new JsonObject
            {
                ["what"] = finding.What,
                ["is_fine"] = finding.IsFine,
                ["is_optional"] = finding.IsOptional,
                ["detail"] = finding.Detail,
            })]),
        });
    }

    private DoctorFinding ExamineWeights() => EnginesRegistration.FindMissing(ltx) is { } missing
        ? new DoctorFinding("weights of the engine ltx", false, missing, IsOptional: true)
        : new DoctorFinding("weights of the engine ltx", true, $"{ltx.Model} is in {ltx.Models.Root}");

    private async Task<JsonObject> DescribeAsync(ApiKeyRecord key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var listing = ApiKeyListing.Of(key, now);
        var budget = await budgets.FindAsync(key.KeyId, cancellationToken);
        return new JsonObject
        {
            ["key_id"] = listing.KeyId,
            ["alias"] = listing.Name,
            ["scope"] = listing.Scope,
            ["state"] = listing.State,
            ["created_at"] = listing.CreatedAt,
            ["last_used_at"] = listing.LastUsedAt,
            ["budget"] = budget is null ? null : new JsonObject { ["amount"] = budget.Amount, ["spent"] = budget.Spent, ["held"] = budget.Held },
        };
    }

    private static JsonObject Describe(WebhookKey key, bool signs) => new()
    {
        ["key_id"] = key.Id,
        ["public_key"] = Base64Url.EncodeToString(key.PublicKey),
        ["signs_from"] = key.SignsFrom,
        ["signs"] = signs,
    };
}
