namespace Kinora.Tensors.Backends;

/// <summary>
/// The operations that models are made of, on one device. Outputs are given by the caller and overwritten; unless an operation says otherwise an
/// output may be one of its inputs with the same layout, and must not overlap one in another way. Operands are <see cref="DType.Float32"/> unless
/// said otherwise; vectors along the innermost axis must be dense, outer axes may have any strides. NaN and infinities spread as IEEE 754 arithmetic
/// spreads them; empty tensors give empty results. Every misuse throws <see cref="TensorException"/> with the operation, what was expected and what
/// came. Calls from several threads are run one after the other. The same call gives the same bits, for any number of threads, on the same
/// instruction set.
/// </summary>
public interface IBackend : IDisposable
{
    /// <summary>The device and the instruction set in words, for logs.</summary>
    string Name { get; }

    /// <summary>Where tensors for this back end, and its own scratch space, come from.</summary>
    TensorMemory Memory { get; }

    /// <summary>How far products round what they read: what was asked for, or less if the device lacks the instructions.</summary>
    ProductPrecision Precision { get; }

    /// <summary>Packs the weight of a linear layer.</summary>
    /// <param name="weight">[N, K], <see cref="DType.Float32"/>, <see cref="DType.BFloat16"/>, <see cref="DType.Float16"/> or
    /// <see cref="DType.Float8E4M3"/>; any strides.</param>
    /// <param name="format">How to store them.</param>
    PackedWeights PackLinear(Tensor weight, WeightFormat format);

    /// <summary>Packs the kernel of a convolution.</summary>
    /// <param name="weight">[N, C, kernel positions …] with 1 to 3 kernel axes (columns; rows, columns; frames, rows, columns); types as for
    /// <see cref="PackLinear"/>.</param>
    /// <param name="format">How to store them.</param>
    PackedWeights PackConvolution(Tensor weight, WeightFormat format);

    /// <summary>Packs the kernel of a transposed 1-D convolution as one plain convolution per output phase.</summary>
    /// <param name="weight">[C, N, kernel positions], types as for <see cref="PackLinear"/>.</param>
    /// <param name="stride">Output positions per input position, at least 1.</param>
    /// <param name="format">How to store them.</param>
    PackedWeights PackTransposedConvolution(Tensor weight, int stride, WeightFormat format);

    /// <summary>output = x · weightᵀ, then the epilogue. The output must not overlap <paramref name="x"/>.</summary>
    /// <param name="x">[…, K].</param>
    /// <param name="weights">Of <see cref="PackLinear"/>.</param>
    /// <param name="output">[…, N], the outer axes those of <paramref name="x"/>.</param>
    /// <param name="epilogue">What to do before storing.</param>
    void Linear(Tensor x, PackedWeights weights, Tensor output, Epilogue? epilogue = null);

    /// <summary>output = scale · a · b, batched. The output must not overlap an input.</summary>
    /// <param name="a">[…, M, K], any strides.</param>
    /// <param name="b">[…, K, N], any strides (a permuted view is a transposed operand); outer axes broadcast against those of
    /// <paramref name="a"/>.</param>
    /// <param name="output">[…, M, N].</param>
    /// <param name="scale">Factor of the product.</param>
    void MatMul(Tensor a, Tensor b, Tensor output, float scale = 1);

    /// <summary>
    /// Attention without ever storing the scores (<see href="https://arxiv.org/abs/2205.14135">FlashAttention</see>). The output must not overlap an
    /// input.
    /// </summary>
    /// <param name="q">[B, N, Lq, D], D a multiple of 8 up to 512; a permuted view of [B, L, N·D] will do.</param>
    /// <param name="k">[B, N, Lk, D].</param>
    /// <param name="v">[B, N, Lk, D].</param>
    /// <param name="output">[B, N, Lq, D].</param>
    /// <param name="options">Scale, key counts and bias.</param>
    void Attention(Tensor q, Tensor k, Tensor v, Tensor output, AttentionOptions? options = null);

    /// <summary>
    /// Convolution of a sequence [B, L, C], picture [B, H, W, C] or clip [B, F, H, W, C]. The output must not overlap <paramref name="x"/>.
    /// </summary>
    /// <param name="x">Channels innermost, dense.</param>
    /// <param name="weights">Of <see cref="PackConvolution"/>, with as many kernel axes.</param>
    /// <param name="output">The same axes: (length + padding - dilation·(kernel - 1) - 1) / stride + 1 each, and N channels; dense.</param>
    /// <param name="options">Step, spacing, border.</param>
    /// <param name="epilogue">What to do before storing; its rows are the output's positions.</param>
    void Convolution(Tensor x, PackedWeights weights, Tensor output, ConvolutionOptions options, Epilogue? epilogue = null);

    /// <summary>
    /// Transposed convolution of a sequence: <c>output[t·stride + k - padding] += x[t] · weight[k]</c>. The output must not overlap
    /// <paramref name="x"/>.
    /// </summary>
    /// <param name="x">[B, L, C], dense.</param>
    /// <param name="weights">Of <see cref="PackTransposedConvolution"/>.</param>
    /// <param name="output">[B, M, N] with M at most (L - 1)·stride + kernel - padding; a shorter M cuts the end.</param>
    /// <param name="padding">Positions cut from the front, at least 0.</param>
    /// <param name="bias">[N] or null.</param>
    void TransposedConvolution(Tensor x, PackedWeights weights, Tensor output, int padding, Tensor? bias = null);

    /// <summary>
    /// n = x / √(mean(x²) + ε) along the innermost axis; with ε inside and no weight this is also the pixel norm of autoencoders
    /// (<see href="https://arxiv.org/abs/1910.07467">RMSNorm</see>).
    /// </summary>
    void RmsNorm(Tensor x, Tensor output, NormOptions? options = null);

    /// <summary>
    /// n = (x - mean) / √(variance + ε) along the innermost axis (<see href="https://arxiv.org/abs/1607.06450">layer normalisation</see>).
    /// </summary>
    void LayerNorm(Tensor x, Tensor output, NormOptions? options = null);

    /// <summary>
    /// As <see cref="LayerNorm"/> over all positions and C/groups channels of every batch entry (<see href="https://arxiv.org/abs/1803.08494">group
    /// normalisation</see>).
    /// </summary>
    /// <param name="x">[B, …, C], dense.</param>
    /// <param name="output">The same shape, dense.</param>
    /// <param name="groups">Divides C.</param>
    /// <param name="options">Epsilon, weight [C], bias [C], activation.</param>
    void GroupNorm(Tensor x, Tensor output, int groups, NormOptions? options = null);

    /// <summary>
    /// Rotates pairs of channels: (a, b) → (a·cos - b·sin, a·sin + b·cos) (<see href="https://arxiv.org/abs/2104.09864">rotary embedding</see>).
    /// </summary>
    /// <param name="x">[…, D], D even.</param>
    /// <param name="cos">[…, D/2], axes broadcast against those of <paramref name="x"/>.</param>
    /// <param name="sin">The shape of <paramref name="cos"/>.</param>
    /// <param name="output">The shape of <paramref name="x"/>.</param>
    /// <param name="layout">Which channels are a pair.</param>
    void Rope(Tensor x, Tensor cos, Tensor sin, Tensor output, RopeLayout layout);

    /// <summary>eˣ / Σeˣ along the innermost axis, with the largest subtracted first.</summary>
    void Softmax(Tensor x, Tensor output);

    /// <summary>An elementwise function; any strides.</summary>
    void Unary(UnaryOp op, Tensor x, Tensor output);

    /// <summary>An elementwise function of two tensors whose shapes broadcast to the output's; any strides.</summary>
    void Binary(BinaryOp op, Tensor a, Tensor b, Tensor output);

    /// <summary>output = x · factor + summand; any strides.</summary>
    void Affine(Tensor x, float factor, float summand, Tensor output);

    /// <summary>
    /// Joins elements: axes where the output has length 1 and <paramref name="x"/> has not are reduced; any strides. The output must not overlap
    /// <paramref name="x"/>.
    /// </summary>
    void Reduce(ReduceOp op, Tensor x, Tensor output);

    /// <summary>
    /// Moves blocks of positions into channels: [B, F·p, H·q, W·r, C] → [B, F, H, W, C·p·q·r]. The output must not overlap <paramref name="x"/>.
    /// </summary>
    void SpaceToDepth(Tensor x, Tensor output, PatchOrder order = PatchOrder.FrameRowColumn);

    /// <summary>
    /// The inverse of <see cref="SpaceToDepth"/>: [B, F, H, W, C·p·q·r] → [B, F·p, H·q, W·r, C]. The output must not overlap <paramref name="x"/>.
    /// </summary>
    void DepthToSpace(Tensor x, Tensor output, PatchOrder order = PatchOrder.FrameRowColumn);

    /// <summary>Rows of a table: output[…] = table[indices[…]].</summary>
    /// <param name="table">[V, D], any floating type, D dense.</param>
    /// <param name="indices">[…], <see cref="DType.Int32"/>, each from 0 to V - 1.</param>
    /// <param name="output">[…, D].</param>
    void Gather(Tensor table, Tensor indices, Tensor output);

    /// <summary>
    /// Resizes pictures bilinearly with half-pixel centres, borders repeated, no low-pass before shrinking. The output must not overlap
    /// <paramref name="x"/>.
    /// </summary>
    /// <param name="x">[B, H, W, C], C dense.</param>
    /// <param name="output">[B, H', W', C], C dense.</param>
    void ResizeBilinear(Tensor x, Tensor output);

    /// <summary>
    /// Copies and converts; any strides and types. Floats round to nearest even and saturate where the target has no infinity
    /// (<see cref="DType.Float8E4M3"/>) or is an integer; NaN becomes 0 in an integer.
    /// </summary>
    void Copy(Tensor x, Tensor output);

    /// <summary>Sets every element; any strides.</summary>
    void Fill(Tensor output, float value);

    /// <summary>
    /// Fills a dense tensor with normal numbers (mean 0, deviation 1): element i depends on (seed, stream, i) only, and is the same on every back
    /// end.
    /// </summary>
    void FillNormal(Tensor output, ulong seed, ulong stream);

    /// <summary>Fills a dense tensor with uniform numbers from 0 (inclusive) to 1 (exclusive), as <see cref="FillNormal"/>.</summary>
    void FillUniform(Tensor output, ulong seed, ulong stream);
}
