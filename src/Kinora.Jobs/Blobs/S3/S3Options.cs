using System.ComponentModel.DataAnnotations;

namespace Kinora.Jobs.Blobs.S3;

/// <summary>Where a bucket is and how it is used.</summary>
public sealed record S3Options : IValidatableObject
{
    /// <summary>The smallest part that S3 takes in the middle of a multipart upload.</summary>
    private const int SmallestPartBytes = 5 << 20;

    /// <summary>The bucket. It must be there, and only this installation should write in it.</summary>
    [Required]
    public required string Bucket { get; init; }

    /// <summary>The server, for example <c>https://s3.example.org:9000</c>. Null: Amazon's, in <see cref="Region"/>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The region, which is part of every signature. Default <c>us-east-1</c>, which servers other than Amazon's usually expect.</summary>
    [Required]
    public string Region { get; init; } = "us-east-1";

    /// <summary>The access key's id; null: whatever the machine offers (the environment, a profile, the role of the instance or the pod).</summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret of <see cref="AccessKey"/>.</summary>
    public string? SecretKey { get; init; }

    /// <summary>Whether the bucket stands in the path (<c>host/bucket/name</c>) instead of the host's name. Default: yes with an <see cref="Endpoint"/>, no without.</summary>
    public bool? PathStyle { get; init; }

    /// <summary>How the storage encrypts what it keeps: <c>AES256</c> or <c>aws:kms</c>. Null: as the bucket says.</summary>
    public string? Encryption { get; init; }

    /// <summary>The key for <c>aws:kms</c>; null: the account's own.</summary>
    public string? EncryptionKey { get; init; }

    /// <summary>Files of more bytes than this are stored in parts of this size, so that a broken connection costs one part; 5 MiB to 1 GiB. Default 8 MiB.</summary>
    [Range(SmallestPartBytes, 1 << 30)]
    public int PartBytes { get; init; } = 8 << 20;

    /// <summary>How many parts of a file travel at once, 1 to 64. Default 4.</summary>
    [Range(1, 64)]
    public int PartsAtOnce { get; init; } = 4;

    /// <summary>How long one request may take to be answered, and how long a read may bring nothing; 100 ms to 1 hour. Default 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a request that may succeed on another try is tried again, each time after a longer pause, 0 to 20. Default 4.</summary>
    [Range(0, 20)]
    public int Retries { get; init; } = 4;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is { } endpoint && (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https") || endpoint.UserInfo.Length > 0 || endpoint.AbsolutePath != "/"))
            yield return new ValidationResult($"The S3 endpoint must be http(s)://host[:port]; it is {endpoint}.", [nameof(Endpoint)]);
        if (AccessKey is null != SecretKey is null)
            yield return new ValidationResult("The S3 access key and the secret key must be given together, or neither.", [nameof(AccessKey)]);
        if (Encryption is not (null or "AES256" or "aws:kms"))
            yield return new ValidationResult($"The S3 encryption must be AES256 or aws:kms; it is {Encryption}.", [nameof(Encryption)]);
        if (EncryptionKey is not null && Encryption != "aws:kms")
            yield return new ValidationResult("An S3 encryption key goes with the encryption aws:kms only.", [nameof(EncryptionKey)]);
        if (Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromHours(1))
            yield return new ValidationResult($"The S3 time-out must be 100 ms to 1 hour; it is {Timeout}.", [nameof(Timeout)]);
    }
}
