using System.Security.Cryptography.X509Certificates;
using Kinora.Media;
using Kinora.Server.Tls;

namespace Kinora.Server.Tests.Tls;

/// <summary>The authority and the certificates of a data directory.</summary>
public sealed class LocalCertificatesTests : IDisposable
{
    private readonly ScratchDirectory _data = ScratchDirectory.Create();
    private readonly MovedClock _clock = new();

    private LocalCertificates Certificates => new(_data.FullPath, _clock);

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("queue.localhost")]
    [InlineData("*.localhost")]
    [InlineData("fal.run")]
    [InlineData("queue.fal.run")]
    [InlineData("rest.fal.ai")]
    [InlineData("rest.alpha.fal.ai")]
    [InlineData("v3.fal.media")]
    [InlineData("v3b.fal.media")]
    [InlineData("api.fal.ai")]
    [InlineData("kinora.example")]
    [InlineData("10.1.2.3")]
    public void The_certificate_speaks_for_every_name_that_clients_use(string name) =>
        Assert.Contains(name, Certificates.Ensure(["kinora.example", "10.1.2.3"]).Names);

    [Fact]
    public void The_chain_holds_for_a_client_that_trusts_the_authority_and_for_no_other()
    {
        var made = Certificates.Ensure([]);
        using var leaf = X509CertificateLoader.LoadCertificateFromFile(made.CertificatePath);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(made.AuthorityPath);

        Assert.True(Builds(leaf, authority));
        using var other = ScratchDirectory.Create();
        using var stranger = X509CertificateLoader.LoadCertificateFromFile(new LocalCertificates(other.FullPath, _clock).Ensure([]).AuthorityPath);
        Assert.False(Builds(leaf, stranger));
    }

    [Fact]
    public void Keys_can_be_read_by_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        var directory = Path.GetDirectoryName(Certificates.Ensure([]).AuthorityPath)!;
        string[] keys = Directory.GetFiles(directory, "*.key");

        Assert.Equal(2, keys.Length);
        if (OperatingSystem.IsWindows()) return;
        foreach (var key in keys)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
    }

    [Fact]
    public void The_authority_is_made_once_and_the_certificate_renewed_when_it_nears_its_end()
    {
        var first = Read(Certificates.Ensure(["kinora.example"]));
        Assert.Equal(first, Read(Certificates.Ensure([])));

        _clock.Move(TimeSpan.FromDays(397 - 31));
        Assert.Equal(first, Read(Certificates.Ensure([])));
        _clock.Move(TimeSpan.FromDays(2));
        var renewed = Certificates.Ensure([]);
        Assert.Equal(first.Authority, Read(renewed).Authority);
        Assert.NotEqual(first.Certificate, Read(renewed).Certificate);
        Assert.True(renewed.ValidUntil > _clock.GetUtcNow().AddDays(390));

        // A renewal keeps the names that were asked for once.
        Assert.Contains("kinora.example", renewed.Names);
    }

    [Fact]
    public void A_further_name_makes_a_new_certificate_and_keeps_the_old_names()
    {
        var first = Read(Certificates.Ensure(["one.example"]));
        var second = Certificates.Ensure(["two.example"]);
        Assert.NotEqual(first.Certificate, Read(second).Certificate);
        Assert.Subset(second.Names.ToHashSet(), new HashSet<string> { "one.example", "two.example" });
    }

    [Fact]
    public void Near_the_end_of_the_authority_certificates_end_with_it_and_then_it_says_what_to_do()
    {
        Certificates.Ensure([]);
        _clock.Move(TimeSpan.FromDays(3645));
        var last = Certificates.Ensure([]);
        Assert.True(last.ValidUntil < _clock.GetUtcNow().AddDays(8));
        Assert.Equal(Read(last), Read(Certificates.Ensure([])));

        _clock.Move(TimeSpan.FromDays(30));
        Assert.Contains("kinora certs", Assert.Throws<ServerStartException>(() => Certificates.Ensure([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_key_is_named()
    {
        var made = Certificates.Ensure([]);
        File.WriteAllText(Path.ChangeExtension(made.AuthorityPath, ".key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        Assert.Contains(Path.GetDirectoryName(made.AuthorityPath)!, Assert.Throws<ServerStartException>(() => Certificates.Ensure([])).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    private bool Builds(X509Certificate2 leaf, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _clock.GetUtcNow().UtcDateTime;
        return chain.Build(leaf);
    }

    private static (string Authority, string Certificate) Read(LocalCertificateSummary made) =>
        (File.ReadAllText(made.AuthorityPath), File.ReadAllText(made.CertificatePath));

    private sealed class MovedClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Move(TimeSpan by) => _now += by;
    }
}
