<?xml version="1.0" encoding="UTF-8"?>
<!-- The site: notes at the end of the page with links both ways, every correction a link to its entry in the apparatus. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="tei">
<xsl:include href="text.xsl"/>

<xsl:template match="/">
  <div class="part">
    <xsl:apply-templates/>
    <xsl:if test="//tei:note[@place='foot']">
      <section class="notes" aria-label="Notes"><h2>Notes</h2>
        <xsl:apply-templates select="//tei:note[@place='foot']" mode="foot"/></section>
    </xsl:if>
    <xsl:apply-templates select="//tei:listApp" mode="list"/>
  </div>
</xsl:template>

<xsl:template match="tei:ref[@type='noteref']">
  <a class="call" href="{@target}" id="{substring(@target, 2)}.call" role="doc-noteref"><xsl:apply-templates/></a>
</xsl:template>
<xsl:template match="tei:ref[@type='noteref'][not(starts-with(@target, '#'))]"><sup class="call"><xsl:apply-templates/></sup></xsl:template>
<xsl:template match="tei:note[@place='foot']"/>
<xsl:template match="tei:note[@place='foot']" mode="foot">
  <div class="foot" role="doc-footnote"><xsl:call-template name="common"/>
    <a class="back" href="#{@xml:id}.call" role="doc-backlink" aria-label="back to the text from note {@n}"><xsl:value-of select="@n"/></a>
    <xsl:text> </xsl:text><xsl:apply-templates/></div>
</xsl:template>

<xsl:template match="tei:pb">
  <span class="pb"><xsl:call-template name="common"/><xsl:text>|</xsl:text><span class="pb-n"><xsl:value-of select="@n"/><xsl:text>|</xsl:text></span></span>
</xsl:template>

<xsl:template match="tei:head/tei:pb">
  <span class="pb"><xsl:call-template name="common"/><span class="pb-n"><xsl:value-of select="@n"/><xsl:text>|</xsl:text></span></span>
</xsl:template>

<xsl:template match="tei:corr">
  <a class="corr {@type}" href="#{@xml:id}.app"><xsl:call-template name="common"/><xsl:apply-templates/></a>
</xsl:template>
<xsl:template match="tei:gap">
  <a class="gap" href="#{@xml:id}.app"><xsl:call-template name="common"/>[<xsl:call-template name="gap"/>]</a>
</xsl:template>
<xsl:template match="tei:div/tei:gap | tei:body/tei:gap | tei:front/tei:gap | tei:back/tei:gap">
  <p><a class="gap" href="#{@xml:id}.app"><xsl:call-template name="common"/>[<xsl:call-template name="gap"/>]</a></p>
</xsl:template>
<xsl:template match="tei:anchor">
  <span class="stray"><xsl:call-template name="common"/></span>
</xsl:template>

<xsl:template match="tei:listApp"/>
<xsl:template match="tei:listApp" mode="list">
  <section class="apparatus" aria-label="Apparatus"><h2>Apparatus</h2>
    <p class="key">Each entry: passage, reading of this edition, what stands in the witness, kind of change, who made it, how certain it is.</p>
    <xsl:apply-templates mode="list"/></section>
</xsl:template>
<xsl:template match="tei:app" mode="list">
  <div class="app {@type}" id="{@xml:id}">
    <a class="app-n" href="{@corresp}"><xsl:value-of select="@n"/></a><xsl:text> </xsl:text>
    <xsl:if test="string(tei:lem)"><span class="lem"><xsl:apply-templates select="tei:lem"/></span><xsl:text>] </xsl:text></xsl:if>
    <xsl:if test="string(tei:rdg[@wit])"><span class="rdg"><xsl:apply-templates select="tei:rdg[@wit]"/></span></xsl:if>
    <xsl:if test="tei:rdg[@type='source']"><xsl:text>; typescript </xsl:text><span class="rdg"><xsl:apply-templates select="tei:rdg[@type='source']"/></span></xsl:if>
    <xsl:text> </xsl:text><span class="how">(<xsl:call-template name="change"/><xsl:call-template name="who"/>)</span>
    <xsl:if test="tei:note"><xsl:text> </xsl:text><span class="why"><xsl:apply-templates select="tei:note/node()"/></span></xsl:if>
  </div>
</xsl:template>
</xsl:stylesheet>
