using System.Collections.Immutable;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Silo.Checkpoints;

/// <summary>
/// Objects <c>prefix/cluster/task/name</c> of an S3-style bucket, each put whole by one request. Credentials are found as Amazon's SDK does: in the environment
/// (<c>AWS_ACCESS_KEY_ID</c>, <c>AWS_SECRET_ACCESS_KEY</c>), its files, or the machine's role.
/// </summary>
internal sealed class BucketCheckpointStore : ICheckpointStore, IDisposable
{
    private readonly CheckpointLocation _location;
    private readonly AmazonS3Client _client;

    public BucketCheckpointStore(CheckpointLocation location)
    {
        _location = location;
        var config = new AmazonS3Config
        {
            ForcePathStyle = location.Endpoint is not null,
            AuthenticationRegion = location.Region,

            // Other stores than Amazon's do not know its newer checksums; what was stored is compared with the task's record anyway.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (location.Endpoint is { } endpoint)
            config.ServiceURL = endpoint;
        else
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(location.Region);
        _client = new AmazonS3Client(config);
    }

    public string Description => $"bucket {_location.Bucket}";

    public long LargestSize => 1L << 30;

    public Task Put(CheckpointKey key, Stream content, CancellationToken cancellationToken) => Try(() => _client.PutObjectAsync(
        new PutObjectRequest { BucketName = _location.Bucket, Key = NameOf(key), InputStream = content, AutoCloseStream = false, AutoResetStreamPosition = false },
        cancellationToken));

    public Task<Stream?> Get(CheckpointKey key, CancellationToken cancellationToken) => Try(async () =>
    {
        try
        {
            return (await _client.GetObjectAsync(_location.Bucket, NameOf(key), cancellationToken)).ResponseStream;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound && missing.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    });

    public Task Delete(CheckpointKey key, CancellationToken cancellationToken) => Try(() => _client.DeleteObjectAsync(_location.Bucket, NameOf(key), cancellationToken));

    public Task<ImmutableArray<StoredCheckpoint>> List(string cluster, string after, int limit, CancellationToken cancellationToken) => Try(async () =>
    {
        var folder = $"{_location.Prefix}{cluster}/";
        var request = new ListObjectsV2Request { BucketName = _location.Bucket, Prefix = folder, MaxKeys = limit, StartAfter = after.Length > 0 ? folder + after : null };
        var found = await _client.ListObjectsV2Async(request, cancellationToken);
        return (found.S3Objects ?? [])
            .Select(item => (Item: item, Key: CheckpointKey.Parse(cluster, item.Key[folder.Length..])))
            .Where(each => each.Key is not null)
            .Select(each => new StoredCheckpoint(each.Key!, each.Item.Size ?? 0, each.Item.LastModified ?? DateTime.MaxValue.ToUniversalTime()))
            .ToImmutableArray();
    });

    public void Dispose() => _client.Dispose();

    private string NameOf(CheckpointKey key) => $"{_location.Prefix}{key.Cluster}/{key.Path}";

    private async Task<T> Try<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException)
        {
            throw new StoreUnavailableException($"The checkpoints' {Description} failed: {exception.Message}", exception);
        }
    }
}
