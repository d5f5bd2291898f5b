using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kinora.Server.Uploads;

/// <summary>Registers uploads and the rules of files.</summary>
internal static class UploadsRegistration
{
    /// <summary>Adds them. The host configures <see cref="UploadOptions"/>, whose values are checked when the server starts, and provides the stores.</summary>
    public static IServiceCollection AddKinoraUploads(this IServiceCollection services)
    {
        services.AddOptions<UploadOptions>().ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<UploadStaging>()
            .AddSingleton<UploadBudget>()
            .AddSingleton<UploadLocks>()
            .AddSingleton<BodyReception>()
            .AddSingleton<UploadOpening>()
            .AddSingleton<UploadFinish>()
            .AddSingleton<WholeUpload>()
            .AddSingleton<MultipartUpload>()
            .AddSingleton<UploadGate>()
            .AddSingleton<FileGate>()
            .AddSingleton<OutputLifecycle>()
            .AddSingleton<StorageEndpoint>()
            .AddSingleton<UploadEndpoint>()
            .AddSingleton<UploadSweep>()
            .AddSingleton<IHostedService, UploadSweeper>();
    }
}
