using System.Web;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>
/// <c>postgres://user:password@host:port/database?name=value</c>, the form that PostgreSQL's own programs take, as the driver wants it.
/// A password can also come from <c>PGPASSWORD</c> or <c>~/.pgpass</c>.
/// </summary>
internal sealed record PostgresUrl(string ConnectionString, bool IsThroughPooler)
{
    /// <summary>Whether an option's value is such a URL.</summary>
    internal static bool Is(string value) =>
        value.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || value.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the URL.</summary>
    /// <exception cref="FormatException">It is not one, or has an unknown parameter. The message does not hold the password.</exception>
    internal static PostgresUrl Parse(string url)
    {
        if (!Is(url) || !Uri.TryCreate(url, UriKind.Absolute, out var uri))
            throw new FormatException("A database is given as postgres://user:password@host:port/database; what came is no such URL.");

        var settings = new NpgsqlConnectionStringBuilder
        {
            // A server writes a row at a time and waits little: a few connections do, and do more than many (decision 0515). Statements are prepared the second time
            // they are used.
            MaxPoolSize = 16,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,

            // A statement more with every loan of a connection, and nothing here leaves anything in a session but the listener, which tidies up itself.
            NoResetOnClose = true,
            Timeout = 5,
            CommandTimeout = 30,
            ApplicationName = "kinora",
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
        };
        if (uri.Host.Length > 0)
            settings.Host = uri.Host;
        if (uri.Port > 0)
            settings.Port = uri.Port;
        string[] user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            settings.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            settings.Password = Uri.UnescapeDataString(user[1]);
        return WithParameters(settings, uri.Query);
    }

    private static PostgresUrl WithParameters(NpgsqlConnectionStringBuilder settings, string query)
    {
        bool pooler = false;
        var parameters = HttpUtility.ParseQueryString(query);
        foreach (string name in parameters.AllKeys.OfType<string>())
        {
            string value = parameters[name]!;
            switch (name)
            {
                case "host":
                    settings.Host = value;
                    break;
                case "port":
                    settings.Port = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
                    break;
                case "sslmode":
                    settings.SslMode = ToSslMode(value);
                    break;
                case "sslrootcert":
                    settings.RootCertificate = value;
                    break;
                case "schema":
                    settings.SearchPath = value;
                    break;
                case "pool_size":
                    settings.MaxPoolSize = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
                    break;
                case "pooler" when value == "transaction":
                    pooler = true;
                    break;
                default:
                    throw new FormatException($"The database URL has {name}={value}; known are host, port, sslmode, sslrootcert, schema, pool_size and pooler=transaction.");
            }
        }

        if (pooler)
            settings.MaxAutoPrepare = 0;
        return new PostgresUrl(settings.ConnectionString, pooler);
    }

    private static SslMode ToSslMode(string value) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new FormatException($"sslmode is disable, allow, prefer, require, verify-ca or verify-full; it was '{value}'."),
    };
}
