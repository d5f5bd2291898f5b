using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Kinora.Jobs.Blobs.S3;

/// <summary>A client of the SDK, set up so that servers other than Amazon's understand it too.</summary>
internal static class S3Connection
{
    internal static AmazonS3Client Open(S3Options options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle ?? options.Endpoint is not null,
            Timeout = options.Timeout,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = options.Retries,
            // A long outage must not use up the tries of the requests after it.
            ThrottleRetries = false,
            // Checksums in trailers are Amazon's own; the body's SHA-256 stands in every signature anyway.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint)
            (config.ServiceURL, config.AuthenticationRegion, config.UseHttp) = (endpoint.ToString(), options.Region, endpoint.Scheme == "http");
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        return options.AccessKey is { } key ? new AmazonS3Client(new BasicAWSCredentials(key, options.SecretKey), config) : new AmazonS3Client(config);
    }

    internal static PutObjectRequest Encrypt(this PutObjectRequest request, S3Options options)
    {
        if (options.Encryption is { } method)
            (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) = (new ServerSideEncryptionMethod(method), options.EncryptionKey);
        return request;
    }

    internal static InitiateMultipartUploadRequest Encrypt(this InitiateMultipartUploadRequest request, S3Options options)
    {
        if (options.Encryption is { } method)
            (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) = (new ServerSideEncryptionMethod(method), options.EncryptionKey);
        return request;
    }
}
