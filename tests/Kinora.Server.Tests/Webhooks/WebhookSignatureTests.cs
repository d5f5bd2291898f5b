using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Jobs.Tests;
using Kinora.Jobs.Webhooks;
using Kinora.Media;
using Kinora.Server.Tests.Api;
using Kinora.Server.Webhooks;
using Microsoft.AspNetCore.Builder;

namespace Kinora.Server.Tests.Webhooks;

/// <summary>Signatures, held against RFC 8032 and against OpenSSL's command line.</summary>
public sealed class WebhookSignatureTests
{
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    public void The_examples_of_RFC_8032_come_out(string seed, string publicKey, string message, string signature)
    {
        Assert.Equal(publicKey, Convert.ToHexStringLower(Ed25519.PublicKeyOf(Convert.FromHexString(seed))));
        Assert.Equal(signature, Convert.ToHexStringLower(Ed25519.Sign(Convert.FromHexString(seed), Convert.FromHexString(message))));
    }

    [Fact]
    public async Task Openssl_accepts_a_delivery_with_the_published_key_and_refuses_a_changed_body()
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 200 OK");
        await using var house = await WebhookHouse.CreateAsync(TestStore.Sqlite);
        await house.StartAsync();
        await house.WaitForTryAsync(await house.EndJobAsync(receiver.Url()));
        var (head, body) = receiver.Received[0];
        var publicKey = Assert.Single(await house.Keys.FindPublishedAsync(CancellationToken.None)).PublicKey;

        Assert.Equal("alice", Receiver.Header(head, "X-Fal-Webhook-User-Id"));
        Assert.Matches("^[0-9a-f]{128}$", Receiver.Header(head, "X-Fal-Webhook-Signature"));
        Assert.True(await OpensslAcceptsAsync(publicKey, head, body));
        body[^2] ^= 1;
        Assert.False(await OpensslAcceptsAsync(publicKey, head, body));
    }

    [Fact]
    public async Task A_new_key_is_published_a_day_before_it_signs_and_the_old_one_a_day_after()
    {
        await using var house = await WebhookHouse.CreateAsync(TestStore.Sqlite);
        var old = await house.Keys.FindSigningAsync(CancellationToken.None);

        var young = await house.Keys.RotateAsync(atOnce: false, CancellationToken.None);
        Assert.Equal(old.Id, (await house.Keys.FindSigningAsync(CancellationToken.None)).Id);
        Assert.Equal([young.Id, old.Id], await PublishedAsync(house));

        house.Clock.Advance(WebhookKeyRing.Overlap);
        Assert.Equal(young.Id, (await house.Keys.FindSigningAsync(CancellationToken.None)).Id);
        Assert.Equal([young.Id, old.Id], await PublishedAsync(house));

        house.Clock.Advance(WebhookKeyRing.Overlap);
        Assert.Equal([young.Id], await PublishedAsync(house));
        var urgent = await house.Keys.RotateAsync(atOnce: true, CancellationToken.None);
        Assert.Equal(urgent.Id, (await house.Keys.FindSigningAsync(CancellationToken.None)).Id);
    }

    [Fact]
    public async Task The_published_set_holds_the_signing_key_in_RFC_8037s_words_and_nothing_private()
    {
        await using var house = await WebhookHouse.CreateAsync(TestStore.Sqlite);
        await using var server = await ApiServer.StartAsync(map: app => app.Map(JwksEndpoint.Path, new JwksEndpoint(house.Keys).HandleAsync));
        var answer = await server.SendAsync("GET", "/.well-known/jwks.json");

        var key = await house.Keys.FindSigningAsync(CancellationToken.None);
        var published = Assert.Single(answer.Json["keys"]!.AsArray())!.AsObject();
        Assert.Equal(("OKP", "Ed25519"), (published["kty"]!.GetValue<string>(), published["crv"]!.GetValue<string>()));
        Assert.Equal(key.PublicKey, Base64Url.DecodeFromChars(published["x"]!.GetValue<string>()));
        Assert.False(published.ContainsKey("d"));
    }

    private static async Task<string[]> PublishedAsync(WebhookHouse house) =>
        [.. (await house.Keys.FindPublishedAsync(CancellationToken.None)).Select(key => key.Id)];

    private static async Task<bool> OpensslAcceptsAsync(byte[] publicKey, string head, byte[] body)
    {
        using var folder = ScratchDirectory.Create();
        var message = string.Join('\n',
            Receiver.Header(head, "X-Fal-Webhook-Request-Id"), Receiver.Header(head, "X-Fal-Webhook-User-Id"),
            Receiver.Header(head, "X-Fal-Webhook-Timestamp"), Convert.ToHexStringLower(SHA256.HashData(body)));
        await File.WriteAllTextAsync(folder.PathOf("message"), message);
        await File.WriteAllBytesAsync(folder.PathOf("signature"), Convert.FromHexString(Receiver.Header(head, "X-Fal-Webhook-Signature")));

        // SubjectPublicKeyInfo of RFC 8410: the algorithm 1.3.101.112 and the 32 bytes.
        await File.WriteAllBytesAsync(folder.PathOf("key"), [.. Convert.FromHexString("302a300506032b6570032100"), .. publicKey]);
        using var openssl = Process.Start(new ProcessStartInfo("openssl")
        {
            ArgumentList =
            {
                "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", folder.PathOf("key"),
                "-sigfile", folder.PathOf("signature"), "-in", folder.PathOf("message"),
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await openssl.WaitForExitAsync();
        return openssl.ExitCode == 0;
    }
}
