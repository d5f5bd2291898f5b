using Kinora.Jobs.Blobs.S3;

namespace Kinora.Server;

/// <summary>An S3-compatible bucket for files. Nothing here counts until <see cref="Bucket"/> is given.</summary>
public sealed class S3Settings
{
    /// <summary>The bucket, which must be there. Default: none; files are kept in the data directory.</summary>
    public string? Bucket { get; set; }

    /// <summary>Its server, <c>http(s)://host[:port]</c>. Default: Amazon's.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The region in signatures. Default <c>us-east-1</c>.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>The access key's id. Default: what the machine offers (environment, profile, role).</summary>
    public string? AccessKey { get; set; }

    /// <summary>The secret of <see cref="AccessKey"/>.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Whether the bucket stands in the path. Default: yes with an endpoint, no without.</summary>
    public bool? PathStyle { get; set; }

    /// <summary><c>AES256</c> or <c>aws:kms</c>. Default: as the bucket says.</summary>
    public string? Encryption { get; set; }

    /// <summary>The key for <c>aws:kms</c>. Default: the account's own.</summary>
    public string? EncryptionKey { get; set; }

    /// <summary>Whether readers are sent to the bucket with a signed URL. Default false: the server passes the content on.</summary>
    public bool SignedReads { get; set; }

    /// <summary>The same for the store; null without a bucket.</summary>
    /// <exception cref="FormatException">The endpoint is no URL, or there is one and no bucket.</exception>
    internal S3Options? ToOptions()
    {
        if (string.IsNullOrEmpty(Bucket))
            return string.IsNullOrEmpty(Endpoint) ? null : throw new FormatException("An S3 endpoint is given, but no bucket. Name it with S3:Bucket (KINORA_S3__Bucket, --s3-bucket).");
        return new S3Options
        {
            Bucket = Bucket,
            Endpoint = string.IsNullOrEmpty(Endpoint) ? null : ReadEndpoint(Endpoint),
            Region = Region,
            AccessKey = AccessKey,
            SecretKey = SecretKey,
            PathStyle = PathStyle,
            Encryption = Encryption,
            EncryptionKey = EncryptionKey,
        };
    }

    private static Uri ReadEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : throw new FormatException($"The S3 endpoint must be http(s)://host[:port]; it is '{text}'.");
}
