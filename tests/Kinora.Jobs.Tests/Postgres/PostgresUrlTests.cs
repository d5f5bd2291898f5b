using Kinora.Jobs.Postgres;
using Npgsql;

namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresUrlTests
{
    [Fact]
    public void A_url_names_user_password_host_port_and_database()
    {
        var settings = Parse("postgres://ki%40nora:p%3Ass@db.example:6432/video%20jobs?sslmode=verify-full&sslrootcert=/etc/ca.pem");

        Assert.Equal(("ki@nora", "p:ss", "db.example", 6432, "video jobs"), (settings.Username, settings.Password, settings.Host, settings.Port, settings.Database));
        Assert.Equal((SslMode.VerifyFull, "/etc/ca.pem"), (settings.SslMode, settings.RootCertificate));
    }

    [Fact]
    public void A_socket_directory_is_given_as_a_parameter() =>
        Assert.Equal("/run/postgresql", Parse("postgresql:///kinora?host=/run/postgresql").Host);

    [Fact]
    public void Through_a_pooler_nothing_is_kept_on_a_connection()
    {
        var url = PostgresUrl.Parse("postgres://kinora@localhost/kinora?pooler=transaction");

        Assert.True(url.IsThroughPooler);
        Assert.Equal((0, true), (new NpgsqlConnectionStringBuilder(url.ConnectionString).MaxAutoPrepare, new NpgsqlConnectionStringBuilder(url.ConnectionString).NoResetOnClose));
    }

    [Theory]
    [InlineData("Host=localhost;Password=secret")]
    [InlineData("mysql://kinora:secret@localhost/kinora")]
    [InlineData("postgres://kinora:secret@localhost/kinora?sslmode=perhaps")]
    [InlineData("postgres://kinora:secret@localhost/kinora?unknown=1")]
    [InlineData("postgres://kinora:secret@localhost/kinora?pooler=session")]
    public void What_is_no_such_url_is_refused_without_telling_the_password(string url)
    {
        var problem = Assert.Throws<FormatException>(() => PostgresUrl.Parse(url));
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    private static NpgsqlConnectionStringBuilder Parse(string url) => new(PostgresUrl.Parse(url).ConnectionString);
}
