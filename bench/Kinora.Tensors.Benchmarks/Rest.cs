namespace Kinora.Tensors.Benchmarks;

/// <summary>Things to dispose at the end.</summary>
internal sealed class Rest : IDisposable
{
    private readonly List<IDisposable> _items = [];

    public T Add<T>(T item)
        where T : IDisposable
    {
        _items.Add(item);
        return item;
    }

    public void Dispose() => _items.ForEach(item => item.Dispose());
}
