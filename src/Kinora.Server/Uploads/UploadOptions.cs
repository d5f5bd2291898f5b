using System.ComponentModel.DataAnnotations;

namespace Kinora.Server.Uploads;

/// <summary>What may be uploaded and how long it is kept. Checked once, when the server starts.</summary>
public sealed class UploadOptions
{
    /// <summary>A directory of this server's own for content that is still coming in. It is created if missing, and only this user can read it.</summary>
    [Required]
    public string StagingDirectory { get; set; } = string.Empty;

    /// <summary>Largest upload in bytes; larger ones are answered 413. Default 1 GiB; at least 1.</summary>
    [Range(1, long.MaxValue)]
    public long MaxUploadBytes { get; set; } = 1L << 30;

    /// <summary>Most bytes of all uploads together; what does not fit is answered 507. Default 20 GiB; at least 1.</summary>
    [Range(1, long.MaxValue)]
    public long MaxTotalBytes { get; set; } = 20L << 30;

    /// <summary>How many unfinished uploads an owner may have; further ones are answered 429. Default 1,000; at least 1.</summary>
    [Range(1, int.MaxValue)]
    public int MaxOpenUploads { get; set; } = 1_000;

    /// <summary>How long a token that allows uploads is good. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an upload may take from its announcement; then its URL closes and what came is deleted. Default 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan UploadLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an uploaded file is kept where its upload did not say. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "36500.00:00:00")]
    public TimeSpan FileLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often expired files and abandoned uploads are looked for. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);
}
