namespace Kinora.Tensors.Benchmarks;

/// <summary>Things to dispose at the end.</summary>
internal sealed class Rest : IDisposable
{
    private readonly List<IDisposable> items = [];

    public T Add<T>(T item)
        where T : IDisposable
    {
        items.Add(item);
        return item;
    }

    public void Dispose() => items.ForEach(item => item.Dispose());
}
