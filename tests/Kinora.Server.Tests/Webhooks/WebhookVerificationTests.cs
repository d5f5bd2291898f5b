using Kinora.Client.Webhooks;
using Kinora.Jobs.Tests;
using Kinora.Server.Tests.Api;
using Kinora.Server.Webhooks;
using Microsoft.AspNetCore.Builder;

namespace Kinora.Server.Tests.Webhooks;

/// <summary>The client's verification of what this server really sends.</summary>
public sealed class WebhookVerificationTests
{
    [Fact]
    public async Task A_delivery_verifies_and_forged_changed_or_replayed_ones_do_not()
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 200 OK");
        await using var house = await WebhookHouse.CreateAsync(TestStore.Sqlite);
        await using var server = await ApiServer.StartAsync(map: app => app.Map(JwksEndpoint.Path, new JwksEndpoint(house.Keys).HandleAsync));
        await house.StartAsync();
        await house.WaitForTryAsync(await house.EndJobAsync(receiver.Url()));
        var (head, body) = receiver.Received[0];
        var keysUrl = new Uri(server.Client.BaseAddress!, "/.well-known/jwks.json");
        var verification = new WebhookVerification(server.Client, keysUrl, house.Clock);
        string? Header(string name) => Receiver.Header(head, name);

        Assert.True(await verification.VerifyAsync(Header, body));
        Assert.False(await verification.VerifyAsync(Header, (byte[])[.. body, (byte)' ']));
        foreach (var name in new[] { "Request-Id", "User-Id", "Timestamp", "Signature" })
        {
            Assert.False(await verification.VerifyAsync(asked => asked.EndsWith(name, StringComparison.Ordinal) ? null : Header(asked), body));
            Assert.False(await verification.VerifyAsync(asked => asked.EndsWith(name, StringComparison.Ordinal) ? "1" : Header(asked), body));
        }

        house.Clock.Advance(TimeSpan.FromSeconds(302));
        Assert.False(await verification.VerifyAsync(Header, body));
    }

    [Fact]
    public async Task After_an_urgent_rotation_the_new_key_is_fetched()
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 200 OK");
        await using var house = await WebhookHouse.CreateAsync(TestStore.Sqlite);
        await using var server = await ApiServer.StartAsync(map: app => app.Map(JwksEndpoint.Path, new JwksEndpoint(house.Keys).HandleAsync));
        var verification = new WebhookVerification(server.Client, new Uri(server.Client.BaseAddress!, "/.well-known/jwks.json"), house.Clock);
        await house.StartAsync();
        for (var delivery = 0; delivery < 2; delivery++)
        {
            await house.WaitForTryAsync(await house.EndJobAsync(receiver.Url()));
            var (head, body) = receiver.Received[delivery];
            Assert.True(await verification.VerifyAsync(name => Receiver.Header(head, name), body));
            house.Clock.Advance(TimeSpan.FromMinutes(2));
            await house.Keys.RotateAsync(atOnce: true, CancellationToken.None);
        }
    }
}
